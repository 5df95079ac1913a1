/**
 * The receiver in AWS Lambda.
 *
 * @module
 */
export {
  type LambdaAnswer,
  type LambdaEvent,
  type LambdaHandler,
  toLambdaHandler,
} from '../receiver/adapters/aws-lambda.ts'
