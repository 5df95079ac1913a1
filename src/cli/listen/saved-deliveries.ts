import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReceivedDelivery } from './create-listener.ts'

/** What is saved beside the bytes of a delivery. */
export interface SavedHeaders {
  /** When it arrived: ISO 8601. */
  readonly receivedAt: string
  /** The headers of the request, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** Saves deliveries in a folder: the exact bytes in one file, the headers in another one beside it. */
export interface DeliveryFolder {
  /** Resolves to the name of the file with the bytes. */
  readonly save: (received: ReceivedDelivery) => Promise<string>
}

/** Deliveries contain private messages, so only the owner may read them. */
const fileMode = 0o600

/**
 * Opens a folder for deliveries, and creates it where it does not exist.
 *
 * @throws Error when the folder cannot be created.
 */
export async function openDeliveryFolder(folder: string): Promise<DeliveryFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let count = 0
  return {
    async save(received) {
      count += 1
      const name = nameOf(received, count)
      const { body, headers, receivedAt } = received
      const saved: SavedHeaders = { receivedAt: new Date(receivedAt).toISOString(), headers }
      await writeFile(join(folder, `${name}.headers.json`), `${JSON.stringify(saved, null, 2)}\n`, { mode: fileMode })
      // Renamed, so that a program that reads the folder sees whole files.
      await writeFile(join(folder, `${name}.unfinished`), body, { mode: fileMode })
      await rename(join(folder, `${name}.unfinished`), join(folder, `${name}.json`))
      return `${name}.json`
    },
  }
}

/** A name that sorts by time. Nothing in it comes from the delivery unchecked. */
function nameOf({ receivedAt, delivery }: ReceivedDelivery, count: number): string {
  const time = new Date(receivedAt).toISOString().replaceAll(/[:.-]/g, '')
  const type = (delivery.events[0]?.type ?? 'empty').replaceAll(/[^\w.]/g, '_')
  return `${time}-${String(count).padStart(6, '0')}-${type}`
}

/** The names of the deliveries in a folder, in the order in which they arrived. */
export async function listDeliveries(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names.filter((name) => name.endsWith('.json') && !name.endsWith('.headers.json')).sort()
}

/** The headers that were saved beside the file of a delivery. `undefined` when there are none. */
export async function readSavedHeaders(file: string): Promise<SavedHeaders | undefined> {
  try {
    return JSON.parse(await readFile(file.replace(/\.json$/, '.headers.json'), 'utf8')) as SavedHeaders
  } catch {
    return undefined
  }
}
