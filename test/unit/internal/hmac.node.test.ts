import * as hmac from '../../../src/internal/hmac.node.ts'
import { describeHmac } from '../../support/hmac-cases.ts'

describeHmac(hmac)
