import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CliError, usageError } from '../cli-error.ts'

/** A guide of the package. */
export interface Guide {
  /** The name of its file, without `.md`. */
  readonly topic: string
  readonly title: string
}

/** Lists the guides, by topic. */
export async function listGuides(folder: string): Promise<Guide[]> {
  const topics = await listTopics(folder)
  return Promise.all(
    topics.map(async (topic) => ({ topic, title: titleOf(await readFile(pathOf(folder, topic), 'utf8')) })),
  )
}

/**
 * Reads a guide.
 *
 * @throws CliError with exit code 2 that names similar topics, when there is no such guide.
 */
export async function readGuide(folder: string, topic: string): Promise<Guide & { readonly markdown: string }> {
  const topics = await listTopics(folder)
  if (!topics.includes(topic)) throw unknownTopic(topic, topics)
  const markdown = await readFile(pathOf(folder, topic), 'utf8')
  return { topic, title: titleOf(markdown), markdown }
}

async function listTopics(folder: string): Promise<string[]> {
  const files = await readdir(folder)
  return files.flatMap((file) => (file.endsWith('.md') ? [file.slice(0, -'.md'.length)] : [])).sort()
}

function pathOf(folder: string, topic: string): string {
  return join(folder, `${topic}.md`)
}

function titleOf(markdown: string): string {
  return (/^# (.+)$/m.exec(markdown)?.[1] ?? '').replaceAll('`', '')
}

function unknownTopic(topic: string, topics: readonly string[]): CliError {
  const similar = similarTopics(topic, topics)
  return usageError(
    `There is no guide "${topic}".${similar.length === 0 ? '' : ` Did you mean ${similar.map((name) => `"${name}"`).join(' or ')}?`}`,
    'Run "x-account-activity docs" for the list of topics.',
  )
}

/** The topics that have a word of the given one, or that differ from it by few letters: at most three, best first. */
export function similarTopics(topic: string, topics: readonly string[]): string[] {
  const given = topic.toLowerCase()
  const words = given.split(/[^a-z0-9]+/).filter((word) => word.length >= 3)
  return topics
    .map((name) => {
      const hasWord = words.some((word) => name.includes(word))
      return { name, distance: hasWord ? 0 : editDistance(given, name) }
    })
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** The Levenshtein distance: how many letters are added, removed or replaced. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
