import type { Style } from '../output/style.ts'
import { widthOf } from '../output/table.ts'
import type { CheckStatus, DoctorReport, Finding } from './finding.ts'

const marks = {
  pass: ['✓', 'green'],
  fail: ['✗', 'red'],
  doubtful: ['!', 'yellow'],
  skipped: ['-', 'dim'],
} as const satisfies Record<CheckStatus, readonly [mark: string, format: Parameters<Style>[0]]>

/**
 * Formats a report for a person: an aligned line for each check with a mark, what was checked and what was seen, and below
 * it what to do. Checks that were skipped for the same reason share a line. The last line counts the results.
 */
export function formatReport<Id extends string>(
  { checks }: DoctorReport<Id>,
  titles: Readonly<Record<Id, string>>,
  style: Style,
): string {
  const groups = groupSkipped(checks)
  const titleOf = ([first, ...others]: Group<Id>) =>
    others.length === 0 ? titles[first.id] : `${titles[first.id]}, and ${others.length} more`
  const width = Math.max(...groups.map((group) => widthOf(titleOf(group))))
  const lines = groups.flatMap((group) => {
    const [{ status, seen, fix }] = group
    const [mark, format] = marks[status]
    const title = titleOf(group) + ' '.repeat(width - widthOf(titleOf(group)))
    const line = `${style(format, mark)} ${title}  ${status === 'skipped' ? style('dim', seen) : seen}`
    return fix === undefined ? [line] : [line, `  ${style('cyan', '→')} ${fix}`]
  })
  return [...lines, '', countResults(checks.map(({ status }) => status))].join('\n')
}

/** Findings that share a line. */
type Group<Id extends string> = readonly [Finding<Id>, ...Finding<Id>[]]

const fewest = 3

/** Puts neighbours that were skipped for the same reason into a group, when they are three or more. */
function groupSkipped<Id extends string>(findings: readonly Finding<Id>[]): readonly Group<Id>[] {
  const groups: [Finding<Id>, ...Finding<Id>[]][] = []
  for (const finding of findings) {
    const last = groups.at(-1)
    const isSame = finding.status === 'skipped' && last?.[0].status === 'skipped' && last[0].seen === finding.seen
    if (isSame) last.push(finding)
    else groups.push([finding])
  }
  return groups.flatMap((group) => (group.length < fewest ? group.map((finding): Group<Id> => [finding]) : [group]))
}

function countResults(statuses: readonly CheckStatus[]): string {
  const count = (status: CheckStatus) => statuses.filter((one) => one === status).length
  return `${count('pass')} passed, ${count('fail')} failed, ${count('doubtful')} doubtful, ${count('skipped')} skipped.`
}
