export function Editor({ clusterId }: { readonly clusterId: string | null }) {
  return <p>{clusterId}</p>;
}
