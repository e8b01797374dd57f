import { readableClusterId } from '../../domain/cluster-id.ts';

/** A virtual cluster's id. Ray accepts any text as an id, so it is isolated from the text direction around it, and invisible characters are shown. */
export function ClusterId({ id }: { readonly id: string }) {
  return <bdi>{readableClusterId(id)}</bdi>;
}
