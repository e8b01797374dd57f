/**
 * The one seam of the console: the simulator and the back end are each a function of this type, so each can stand in
 * for another: over a socket, in memory, in a test or in the page. Ray's client takes one too (`overFetch`).
 */
export type FetchHandler = (request: Request) => Promise<Response>;
