import { describe } from 'vitest'
import { createMemoryRecoveryStore } from '../../../../src/stores/recovery/memory-recovery-store.ts'
import { itIsARecoveryStore } from '../../../support/recovery-store-cases.ts'

describe('createMemoryRecoveryStore', () => itIsARecoveryStore(() => createMemoryRecoveryStore()))
