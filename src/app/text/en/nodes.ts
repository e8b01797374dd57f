export const nodes = {
  idOf: (shortId: string) => `the whole id of node ${shortId}`,
};
