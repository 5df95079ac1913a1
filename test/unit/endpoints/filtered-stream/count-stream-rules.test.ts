import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/posts/filtered-stream/introduction, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const wire = {
  cap_per_client_app: '1000',
  cap_per_project: '1000',
  project_rules_count: '3',
  client_app_rules_count: { client_app_id: '29462842', rule_count: 2 },
}
const counts = { capPerApp: 1000, capPerProject: 1000, projectRuleCount: 3, app: { appId: '29462842', ruleCount: 2 } }

describeV2(x, 'filteredStream.rules.counts', {
  call: (client, options) => client.filteredStream.rules.counts(options),
  sends: 'GET /2/tweets/search/stream/rules/counts',
  accepts: [
    [{ json: { data: wire } }, counts],
    [{ json: { data: { ...wire, cap_per_client_app: 1000, cap_per_project: 1000, project_rules_count: 3 } } }, counts],
    [
      { json: { data: { ...wire, all_project_client_apps: [{ rule_count: '1' }, wire.client_app_rules_count] } } },
      { ...counts, projectApps: [{ ruleCount: 1 }, { appId: '29462842', ruleCount: 2 }] },
    ],
  ],
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [
      { json: { data: {} } },
      ['data.cap_per_client_app', 'data.cap_per_project', 'data.project_rules_count', 'data.client_app_rules_count'],
    ],
    [{ json: { data: { ...wire, project_rules_count: -1 } } }, ['data.project_rules_count']],
  ],
})
