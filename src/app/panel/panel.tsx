export function Panel({ clusterId }: { readonly clusterId: string }) {
  return <p>{clusterId}</p>;
}
