import type {
  ALBEvent,
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  APIGatewayProxyResult,
  LambdaFunctionURLEvent,
  LambdaFunctionURLHandler,
} from 'aws-lambda'
import { toLambdaHandler } from 'x-account-activity/aws-lambda'
import { createReceiver } from 'x-account-activity/receiver'

const receiver = createReceiver({
  consumerSecret: () => process.env.X_CONSUMER_SECRET ?? '',
  on: { follow: (event) => console.log(event.sourceId) },
})
const handle = toLambdaHandler(receiver)

export const restApi: APIGatewayProxyHandler = handle
export const httpApi: APIGatewayProxyHandlerV2 = handle
export const loadBalancer: ALBHandler = handle
export const functionUrl: LambdaFunctionURLHandler = handle

/** A handler of the user can call it too, with the event of any of them. */
export async function handler(
  event: APIGatewayProxyEvent | APIGatewayProxyEventV2 | ALBEvent | LambdaFunctionURLEvent,
): Promise<APIGatewayProxyResult> {
  return handle(event)
}
