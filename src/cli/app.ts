import {
  type Application,
  ArgumentScannerError,
  buildApplication,
  buildRouteMap,
  formatMessageForArgumentScannerError,
  text_en,
} from '@stricli/core'
import type { CliContext } from './cli-context.ts'
import { addCommand as addActivityCommand } from './commands/activity/add.ts'
import { listCommand as listActivityCommand } from './commands/activity/list.ts'
import { removeCommand as removeActivityCommand } from './commands/activity/remove.ts'
import { streamCommand } from './commands/activity/stream.ts'
import { updateCommand as updateActivityCommand } from './commands/activity/update.ts'
import { completeCommand, completionCommand } from './commands/completion.ts'
import { crcCommand } from './commands/crc.ts'
import { devCommand } from './commands/dev.ts'
import { docsCommand } from './commands/docs.ts'
import { doctorCommand } from './commands/doctor.ts'
import { emulatorCommand } from './commands/emulator.ts'
import { generateAddCommand } from './commands/generate/add.ts'
import { generateHandlersCommand } from './commands/generate/handlers.ts'
import { generateTypesCommand } from './commands/generate/types.ts'
import { generateUpdateCommand } from './commands/generate/update.ts'
import { addCommand as addLinkCommand } from './commands/links/add.ts'
import { listCommand as listLinksCommand } from './commands/links/list.ts'
import { removeCommand as removeLinkCommand } from './commands/links/remove.ts'
import { listenCommand } from './commands/listen.ts'
import { loginCommand } from './commands/login.ts'
import { replayCommand } from './commands/replay.ts'
import { resendCommand } from './commands/resend.ts'
import { addCommand as addRuleCommand } from './commands/rules/add.ts'
import { countCommand as countRulesCommand } from './commands/rules/count.ts'
import { listCommand as listRulesCommand } from './commands/rules/list.ts'
import { removeCommand as removeRuleCommand } from './commands/rules/remove.ts'
import { signCommand } from './commands/sign.ts'
import { addCommand as addSubscriptionCommand } from './commands/subscriptions/add.ts'
import { checkCommand as checkSubscriptionCommand } from './commands/subscriptions/check.ts'
import { countCommand as countSubscriptionsCommand } from './commands/subscriptions/count.ts'
import { listCommand as listSubscriptionsCommand } from './commands/subscriptions/list.ts'
import { removeCommand as removeSubscriptionCommand } from './commands/subscriptions/remove.ts'
import { syncCommand as syncSubscriptionsCommand } from './commands/subscriptions/sync.ts'
import { triggerCommand } from './commands/trigger.ts'
import { verifyCommand } from './commands/verify.ts'
import { waitCommand } from './commands/wait.ts'
import { createCommand as createWebhookCommand } from './commands/webhooks/create.ts'
import { deleteCommand as deleteWebhookCommand } from './commands/webhooks/delete.ts'
import { listCommand as listWebhooksCommand } from './commands/webhooks/list.ts'
import { validateCommand as validateWebhookCommand } from './commands/webhooks/validate.ts'
import { whoamiCommand } from './commands/whoami.ts'
import { formatErrorReport } from './output/error-report.ts'

/** The name of the program. */
export const programName = 'x-account-activity'

export interface AppOptions {
  readonly version: string
  /** Whether errors in the arguments are printed as JSON. */
  readonly json: boolean
}

/** Builds the tree of all commands. */
export function createApp({ version: currentVersion, json }: AppOptions): Application<CliContext> {
  const usageError = (message: string) => {
    const report = { code: 'usage', message, hint: `Run "${programName} <command> --help" for its flags and examples.` }
    // stricli colours the text.
    return json ? JSON.stringify({ error: report }) : formatErrorReport(report, (_, text) => text)
  }
  return buildApplication(routes, {
    name: programName,
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: { onlyRequiredInUsageLine: true },
    localization: {
      text: {
        ...text_en,
        noCommandRegisteredForInput: ({ input, corrections }) =>
          usageError(
            `There is no command "${input}".${corrections.length === 0 ? '' : ` Did you mean ${corrections.join(' or ').replaceAll('`', '"')}?`}`,
          ),
        exceptionWhileParsingArguments: (error) =>
          usageError(
            error instanceof ArgumentScannerError ? formatMessageForArgumentScannerError(error, {}) : String(error),
          ),
      },
    },
    versionInfo: { currentVersion },
  })
}

const webhooks = buildRouteMap({
  routes: {
    list: listWebhooksCommand,
    create: createWebhookCommand,
    validate: validateWebhookCommand,
    delete: deleteWebhookCommand,
  },
  docs: { brief: 'Register and check webhooks' },
})

const subscriptions = buildRouteMap({
  routes: {
    add: addSubscriptionCommand,
    check: checkSubscriptionCommand,
    list: listSubscriptionsCommand,
    remove: removeSubscriptionCommand,
    count: countSubscriptionsCommand,
    sync: syncSubscriptionsCommand,
  },
  docs: { brief: 'Subscribe users to a webhook' },
})

const activity = buildRouteMap({
  routes: {
    subscriptions: buildRouteMap({
      routes: {
        add: addActivityCommand,
        list: listActivityCommand,
        update: updateActivityCommand,
        remove: removeActivityCommand,
      },
      docs: { brief: 'Subscribe to event types' },
    }),
    stream: streamCommand,
  },
  docs: { brief: 'Use the X Activity API' },
})

const rules = buildRouteMap({
  routes: { add: addRuleCommand, list: listRulesCommand, remove: removeRuleCommand, count: countRulesCommand },
  docs: { brief: 'Choose the posts of the filtered stream' },
})

const links = buildRouteMap({
  routes: { add: addLinkCommand, list: listLinksCommand, remove: removeLinkCommand },
  docs: { brief: 'Link webhooks to the filtered stream' },
})

const generate = buildRouteMap({
  routes: {
    handlers: generateHandlersCommand,
    add: generateAddCommand,
    update: generateUpdateCommand,
    types: generateTypesCommand,
  },
  docs: { brief: 'Generate typed handlers for events' },
})

/** In the order in which a newcomer needs them: try, write, test, connect, and the small tools last. */
const routes = buildRouteMap({
  routes: {
    dev: devCommand,
    emulator: emulatorCommand,
    generate,
    trigger: triggerCommand,
    listen: listenCommand,
    resend: resendCommand,
    wait: waitCommand,
    doctor: doctorCommand,
    whoami: whoamiCommand,
    login: loginCommand,
    webhooks,
    subscriptions,
    replay: replayCommand,
    activity,
    rules,
    links,
    crc: crcCommand,
    sign: signCommand,
    verify: verifyCommand,
    docs: docsCommand,
    completion: completionCommand,
    complete: completeCommand,
  },
  docs: {
    hideRoute: { complete: true },
    brief: "Develop, test and run apps on X's Account Activity API and X Activity API",
  },
})
