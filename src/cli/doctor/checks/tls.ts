import { type CheckResult, doubtful, fail, pass, skipped } from '../finding.ts'
import type { NoTls, TlsInspection } from '../probe/inspect-tls.ts'

const fixes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'Use a certificate of a public authority, such as Let’s Encrypt: this one is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'Use a certificate of a public authority, such as Let’s Encrypt: the root of this one is not public.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'Configure the server to send the intermediate certificates too, for example with the file fullchain.pem: browsers fetch them themselves, X does not.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'Configure the server to send the complete chain, for example with the file fullchain.pem, of a public authority.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Use a certificate that lists the host name of the URL.',
  CERT_NOT_YET_VALID: 'Wait until the certificate begins, or correct the clock of this machine.',
}

/** The certificate must be trusted and must name the host, and the chain must be complete. */
export function checkTlsChain(tls: TlsInspection | NoTls): CheckResult {
  if ('what' in tls) return fail(tls.what, 'Serve https at this address, with TLS 1.2 or later.')
  const { error, protocol, names } = tls
  if (error === undefined) return pass(`${protocol}, ${names.join(' ← ')}`)
  if (error === 'CERT_HAS_EXPIRED')
    return skipped('The chain cannot be checked, because a certificate of it has ended.')
  return fail(
    `${names.join(' ← ')} (${error})`,
    fixes[error] ?? 'Use a certificate of a public authority with its complete chain.',
  )
}

const dayMs = 24 * 60 * 60 * 1_000
const soonDays = 14

/** The certificate must not end soon: a webhook with an expired one is invalid immediately. */
export function checkTlsExpiry(tls: TlsInspection | NoTls, now: number): CheckResult {
  if ('what' in tls) return skipped('There was no TLS connection.')
  const { endsAt, error } = tls
  const day = Number.isFinite(endsAt) ? new Date(endsAt).toISOString().slice(0, 10) : 'unknown'
  const days = Math.floor((endsAt - now) / dayMs)
  if (error === 'CERT_HAS_EXPIRED' || endsAt <= now) {
    return fail(`ended on ${day}`, 'Renew the certificate. X makes a webhook with an expired one invalid immediately.')
  }
  if (days >= soonDays) return pass(`valid until ${day}, ${days} days`)
  return doubtful(
    `ends on ${day}, in ${days} days`,
    'Renew the certificate, and check that its automatic renewal works.',
  )
}
