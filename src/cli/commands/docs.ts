import type { CliContext } from '../cli-context.ts'
import { defineCommand } from '../define-command.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'

/** Prints a guide of the package. */
export const docsCommand = defineCommand<OutputFlags, [topic?: string]>({
  brief: 'Print a guide of the package',
  description: 'Without a topic, lists the guides. They are in the package, so no network is needed.',
  examples: ['x-account-activity docs', 'x-account-activity docs command-line'],
  parameters: {
    flags: outputFlags,
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'The topic; without it, the list of topics',
          placeholder: 'topic',
          parse: String,
          optional: true,
          async proposeCompletions(this: CliContext, partial) {
            const { listGuides } = await import('../docs/guides.ts')
            const guides = await listGuides(this.guidesFolder)
            return guides.map(({ topic }) => topic).filter((topic) => topic.startsWith(partial))
          },
        },
      ],
    },
  },
  async run(run, topic) {
    const { listGuides, readGuide } = await import('../docs/guides.ts')
    if (topic === undefined) {
      const guides = await listGuides(run.guidesFolder)
      run.output.table(
        { guides },
        {
          rows: guides,
          columns: [
            { header: 'TOPIC', cell: ({ topic }) => topic },
            { header: 'GUIDE', cell: ({ title }) => title },
          ],
          empty: 'The package has no guides.',
        },
      )
      return
    }
    const guide = await readGuide(run.guidesFolder, topic)
    const { renderMarkdown } = await import('../docs/render-markdown.ts')
    run.output.print(guide, () => renderMarkdown(guide.markdown, run.output.style))
  },
})
