const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the server closed the connection before the answer was complete',
  ECONNABORTED: 'the server closed the connection before the answer was complete',
  EPIPE: 'the server closed the connection before it had read the request',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'the network is unreachable',
  ENOTFOUND: 'the host name does not exist',
  EAI_AGAIN: 'the DNS server did not answer',
  ETIMEDOUT: 'the host did not answer the connection',
  EPROTO: 'the server does not speak TLS at this port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server does not speak TLS at this port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the server does not speak TLS at this port',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the server does not support TLS 1.2',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the server does not support TLS 1.2',
  HPE_HEADER_OVERFLOW: 'the header of the answer is larger than 16 kB',
}

/** What a failed connection means, as a clause with the code of the error. */
export function describeNetworkError(error: unknown): string {
  const { code, message, errors } = Object(error) as { code?: unknown; message?: unknown; errors?: unknown }
  // One attempt for each address: the first error names the cause.
  if (Array.isArray(errors) && errors.length > 0) return describeNetworkError(errors[0])
  if (typeof code !== 'string') return typeof message === 'string' && message !== '' ? message : 'the connection failed'
  if (code in meanings) return `${meanings[code]} (${code})`
  if (code.startsWith('HPE_')) return `the answer is not valid HTTP (${code})`
  return `the connection failed (${code})`
}
