import { readableClusterId } from '../../domain/cluster-id.ts';

/** A virtual cluster's id: it turns no text around it, and what is invisible in it is shown. Ray takes any text for an id. */
export function ClusterId({ id }: { readonly id: string }) {
  return <bdi>{readableClusterId(id)}</bdi>;
}
