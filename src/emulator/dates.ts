const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Thu Apr 06 15:24:15 +0000 2017`: how v1.1 objects tell the time. */
export function v1Date(time: number): string {
  const date = new Date(time)
  const day = String(date.getUTCDate()).padStart(2, '0')
  const clock = date.toISOString().slice(11, 19)
  return `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${day} ${clock} +0000 ${date.getUTCFullYear()}`
}

/** `2026-11-21T09:30:00.000Z`: how v2 objects tell it. */
export function v2Date(time: number): string {
  return new Date(time).toISOString()
}

/** `2026-11-21T09:30:00+00:00`: how a revoke tells it. */
export function revokeDate(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+00:00`
}
