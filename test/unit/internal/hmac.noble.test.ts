import * as hmac from '../../../src/internal/hmac.noble.ts'
import { describeHmac } from '../../support/hmac-cases.ts'

describeHmac(hmac)
