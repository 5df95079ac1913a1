import type { APIGatewayProxyHandler } from 'aws-lambda'
import { createReceiver } from 'x-account-activity/receiver'

export const restApi: APIGatewayProxyHandler = createReceiver({ consumerSecret: 'consumer-secret' }).handle
