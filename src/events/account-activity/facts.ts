// The facts of an event: the ids, and the type, that its schema or its fast reader takes from the payload. The identity
// and the direction of the event are made from them.

/** The ids of a post. */
export interface PostFacts {
  readonly postId: string
  readonly userId: string | undefined
}

/** The ids of a deleted post. */
export type PostDeleteFacts = PostFacts

/** The ids of a like. */
export interface FavoriteFacts {
  readonly favoriteId?: string | undefined
  readonly postId: string
  readonly userId: string
}

/** The users of a follow, block or mute, and its type if the event has one. */
export interface RelationFacts<Type extends string> {
  readonly type?: Type | undefined
  readonly sourceId: string
  readonly targetId: string
}

/** The users of a typing event. */
export interface TypingFacts {
  readonly senderId: string
  readonly recipientId: string
}

/** The users of a read event, and the last message that was read. */
export interface ReadFacts extends TypingFacts {
  readonly lastReadId?: string | undefined
}

/** The ids of a direct message. */
export interface MessageFacts extends TypingFacts {
  readonly messageId: string
  readonly appId?: string | undefined
}

/** The ids of a revocation. */
export interface RevokeFacts {
  readonly userId: string
  readonly appId: string
}

/** The id and the result of a replay job. */
export interface ReplayJobFacts {
  readonly jobId: string
  readonly state: string
}
