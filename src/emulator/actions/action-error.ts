/** Why X does not allow an action. */
export type ActionProblem =
  /** The user, the post or the message does not exist, or was deleted. */
  | 'not-found'
  /** The post belongs to another user. */
  | 'not-own'
  /** The action is on the user who acts. */
  | 'self'
  /** The other user has blocked the one who acts. */
  | 'blocked'
  /** The user who acts has blocked the other one. */
  | 'blocking'
  | 'already-done'
  | 'not-done'

/** An action of a user that X does not allow. It is a RangeError to callers; the API answers with the words of X. */
export class ActionError extends RangeError {
  // Private, so that it is not printed with the error: it is of no use to callers.
  readonly #problem: ActionProblem

  constructor(problem: ActionProblem, message: string) {
    super(message)
    this.#problem = problem
  }

  get problem(): ActionProblem {
    return this.#problem
  }
}

/** Runs an action, and returns why X does not allow it instead of throwing that. */
export function tryAction<T>(run: () => T): T | ActionError {
  try {
    return run()
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
}
