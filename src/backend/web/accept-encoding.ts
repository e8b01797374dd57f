/** Whether an `Accept-Encoding` header admits an encoding; `q=0` refuses it. */
export function acceptsEncoding(headers: Headers, encoding: string): boolean {
  return (headers.get('Accept-Encoding') ?? '').split(',').some((offer) => {
    const text = offer.trim();
    return text.split(';')[0]?.trim() === encoding && !/;\s*q=0(\.0*)?$/.test(text);
  });
}
