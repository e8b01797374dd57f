/** What Node's fetch tells of a failure in its cause; throws when there was none. */
export async function readNetworkErrorCause(answer: Promise<unknown> | undefined): Promise<unknown> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof TypeError) || !(error.cause instanceof Error)) throw error;
    return Object.fromEntries(Object.entries(error.cause));
  }
  throw new Error('There was an answer.');
}
