/** The properties of the `cause` with which Node's fetch rejects; throws when there was a reply. */
export async function readNetworkErrorCause(reply: Promise<unknown> | undefined): Promise<unknown> {
  try {
    await reply;
  } catch (error) {
    if (!(error instanceof TypeError) || !(error.cause instanceof Error)) throw error;
    return Object.fromEntries(Object.entries(error.cause));
  }
  throw new Error('There was a reply.');
}
