/** A rank rule's line on a day: the k-th highest value of n ranked persons. */
export interface Line {
  /** Who reaches this is in, ties included; null when there is no line. */
  value: number | null
  n: number
  /** How many persons the rank asks for: ceil(n · top / 100), or top. */
  k: number
  /** A percent rank of fewer than ten: nobody is in. */
  tooFew: boolean
}

/** A line's history: entry k holds from day[k] until the next. */
export interface LineSteps {
  readonly day: Int32Array
  /** Infinity = nobody reaches it (no line, or too few). */
  readonly value: Float64Array
  readonly n: Int32Array
  readonly k: Int32Array
}

/** Histories by line key (see `lineKeysOf`); of an instance value: `<key>|<property>|<value>`. */
export type Lines = ReadonlyMap<string, LineSteps>
