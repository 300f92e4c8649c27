/** The part of JSON Schema that our documents use. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
  format?: string
  default?: unknown
}

/** A schema in a short notation: `{ name: string, tags?: [string] }`, one line per property. */
export function shapeOf(schema: Schema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const either = schema.anyOf ?? schema.oneOf
  if (either !== undefined) {
    return [...new Set(either.map((one) => shapeOf(one, indent)))].join(' | ')
  }
  if (schema.allOf !== undefined) {
    return schema.allOf.map((one) => shapeOf(one, indent)).join(' & ')
  }
  if (schema.items !== undefined) return `[${shapeOf(schema.items, indent)}]`
  if (schema.properties !== undefined) return propertiesOf(schema, indent)
  if (typeof schema.additionalProperties === 'object') {
    return `{ [name]: ${shapeOf(schema.additionalProperties, indent)} }`
  }
  const type = [schema.type ?? 'anything'].flat().join(' | ')
  return schema.format === undefined ? type : `${type} (${schema.format})`
}

function propertiesOf(schema: Schema, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const mark = schema.required?.includes(name) === true ? '' : '?'
    const given = property.default
    const fallback = given === undefined ? '' : `   default ${JSON.stringify(given)}`
    return `${inner}${name}${mark}: ${shapeOf(property, inner)}${fallback}`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}
