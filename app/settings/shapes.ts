/** What Settings read and change of `GET /v1/account`. */
export interface AccountSettings {
  name: string
  timeZone: string
  currency: string
  weekStart: number
  countUnpaid: boolean
  keepText: boolean
  assistedSentiment: boolean
  badRatingDays: number
  retention: { messagesDays: number | null }
}
