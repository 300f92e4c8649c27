export type Param = string | number | null

/** A statement or fragment as a value: text with `?` marks, and its parameters in order. */
export interface Sql {
  readonly text: string
  readonly params: readonly Param[]
}

function isSql(value: Param | Sql): value is Sql {
  return typeof value === 'object' && value !== null
}

/**
 * Builds a statement from a template literal. Values become parameters; nested fragments are spliced in,
 * so identifiers can only come from fragments written in code.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly (Param | Sql)[]): Sql {
  let text = strings[0] ?? ''
  const params: Param[] = []
  values.forEach((value, index) => {
    if (isSql(value)) {
      text += value.text
      params.push(...value.params)
    } else {
      text += '?'
      params.push(value)
    }
    text += strings[index + 1] ?? ''
  })
  return { text, params }
}

/** Joins fragments with a separator; an empty list gives the fallback. */
export function join(parts: readonly Sql[], separator: Sql, fallback: Sql): Sql {
  const [first, ...rest] = parts
  if (first === undefined) return fallback
  return rest.reduce((all, part) => sql`${all}${separator}${part}`, first)
}

/** A name written in code (a table or column from a constant); never anything from a request. */
export function name(text: string): Sql {
  if (!/^[a-z_]+$/.test(text)) throw new Error(`not a name: ${text}`)
  return { text, params: [] }
}

/** A whole number written into the text; D1 binds numbers as reals, which `->>` does not take as a place. */
export function place(index: number): Sql {
  if (!Number.isInteger(index)) throw new Error(`not a whole number: ${index}`)
  return { text: String(index), params: [] }
}
