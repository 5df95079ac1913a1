/** The date format of v1.1 objects: `Thu Apr 06 15:24:15 +0000 2017`. */
export function v1Date(time: number): string {
  // `Thu, 06 Apr 2017 15:24:15 GMT`
  const text = new Date(time).toUTCString()
  return `${text.slice(0, 3)} ${text.slice(8, 11)} ${text.slice(5, 7)} ${text.slice(17, 25)} +0000 ${text.slice(12, 16)}`
}

/** The date format of v2 objects: `2026-11-21T09:30:00.000Z`. */
export function v2Date(time: number): string {
  return new Date(time).toISOString()
}

/** The date format of the enterprise API of v1.1: `2026-11-21T09:30:00Z`. */
export function enterpriseDate(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** The date format of the premium API: `2026-11-21 09:30:00 +0000`. */
export function premiumDate(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} +0000`
}

/** The date format of a revoke event: `2026-11-21T09:30:00+00:00`. */
export function revokeDate(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+00:00`
}
