const unreserved = /^[A-Za-z0-9\-._~]*$/

/** RFC 5849, section 3.6: everything but the unreserved characters, which `encodeURIComponent` is too kind for. */
export function percentEncode(value: string): string {
  if (unreserved.test(value)) return value
  return encodeURIComponent(value).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
