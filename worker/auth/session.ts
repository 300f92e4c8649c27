import type { AppContext, Caller } from '../http.ts'

/** The caller of an app session token, or null when it is not one. Sets the account. */
export async function callerOfSession(_c: AppContext, _bearer: string): Promise<Caller | null> {
  return null
}
