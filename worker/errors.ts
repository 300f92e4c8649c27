/** One line of a rejected body: where it is and what is wrong with it. */
export interface FieldError {
  line?: number
  path: string
  message: string
}

const statusOf = {
  invalid: 422,
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  limited: 429,
  upstream: 502,
  internal: 500,
} as const

export type ErrorCode = keyof typeof statusOf

const titleOf: Record<ErrorCode, string> = {
  invalid: 'Some values are not valid',
  malformed: 'The request cannot be read',
  unauthorized: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Changed by somebody else',
  too_large: 'The body is too large',
  unsupported: 'Unsupported content type',
  limited: 'Too many requests',
  upstream: 'Another system did not answer',
  internal: 'Something went wrong here',
}

/** The one error class. Thrown by routes, stores and orchestration; pure functions return results instead. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly errors: readonly FieldError[]
  /** Seconds after which a limited request may be tried again. */
  readonly retryAfter: number | undefined

  constructor(
    code: ErrorCode,
    detail: string,
    options: { errors?: readonly FieldError[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.errors = options.errors ?? []
    this.retryAfter = options.retryAfter
  }

  get status(): (typeof statusOf)[ErrorCode] {
    return statusOf[this.code]
  }
}

/** RFC 9457 problem details. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  requestId: string
  errors?: readonly FieldError[]
}

/** Maps any thrown value to problem details; what is not an AppError never shows its message. */
export function problemOf(error: unknown, requestId: string): Problem {
  const known =
    error instanceof AppError
      ? error
      : new AppError('internal', 'The request failed. Nothing was changed; please try again.')
  return {
    type: `urn:rapport:problem:${known.code}`,
    title: titleOf[known.code],
    status: known.status,
    detail: known.message,
    requestId,
    ...(known.errors.length > 0 && { errors: known.errors }),
  }
}
