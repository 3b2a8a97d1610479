// Evaluates show_if conditions (JsonLogic) by the rules of survey_forms/conditions.py;
// tests/conditions_vectors.json holds both to the same results.
'use strict'

const isObject = thing => typeof thing === 'object' && thing !== null && !Array.isArray(thing)
const isTruthy = thing => Array.isArray(thing) ? thing.length > 0 : !!thing
const listOf = thing => Array.isArray(thing) ? thing : []

const operand = (operands, position, values) =>
  position < operands.length ? valueOf(operands[position], values) : null

function lookUp (path, fallback, values) {
  if (path === null || path === '') return values
  let reached = values
  for (const step of String(path).split('.')) {
    if (!isObject(reached) || !Object.prototype.hasOwnProperty.call(reached, step)) return fallback
    reached = reached[step]
  }
  return reached
}

const absent = (names, values) => names.filter(name => {
  const found = operators.var([name], values)
  return found === null || found === ''
})

const two = compare => (operands, values) =>
  compare(operand(operands, 0, values), operand(operands, 1, values))

const between = compare => (operands, values) => {
  const middle = operand(operands, 1, values)
  return compare(operand(operands, 0, values), middle) &&
    (operands.length < 3 || compare(middle, operand(operands, 2, values)))
}

// The first operand that decides, else the last.
const until = decisive => (operands, values) => {
  let value = null
  for (const each of operands) {
    value = valueOf(each, values)
    if (isTruthy(value) === decisive) break
  }
  return value
}

const operators = {
  var: (operands, values) =>
    lookUp(operand(operands, 0, values), operand(operands, 1, values), values),
  '==': two((left, right) => left == right),
  '===': two((left, right) => left === right),
  '!=': two((left, right) => left != right),
  '!==': two((left, right) => left !== right),
  '!': (operands, values) => !isTruthy(operand(operands, 0, values)),
  '!!': (operands, values) => isTruthy(operand(operands, 0, values)),
  and: until(false),
  or: until(true),
  '<': between((left, right) => left < right),
  '<=': between((left, right) => left <= right),
  '>': two((left, right) => left > right),
  '>=': two((left, right) => left >= right),
  in: two((needle, hay) => typeof hay === 'string'
    ? hay !== '' && hay.includes(String(needle))
    : listOf(hay).includes(needle)),
  if: (operands, values) => {
    let position = 0
    for (; position < operands.length - 1; position += 2) {
      if (isTruthy(valueOf(operands[position], values))) {
        return valueOf(operands[position + 1], values)
      }
    }
    return operand(operands, position, values)
  },
  missing: (operands, values) => {
    const names = operands.map(each => valueOf(each, values))
    return absent(Array.isArray(names[0]) ? names[0] : names, values)
  },
  missing_some: (operands, values) => {
    const names = listOf(operand(operands, 1, values))
    const left = absent(names, values)
    return operand(operands, 0, values) <= names.length - left.length ? [] : left
  }
}

function valueOf (expression, values) {
  if (Array.isArray(expression)) return expression.map(each => valueOf(each, values))
  const names = isObject(expression) ? Object.keys(expression) : []
  if (names.length !== 1) return expression
  const written = expression[names[0]]
  return operators[names[0]](Array.isArray(written) ? written : [written], values)
}

const holds = (expression, values) => isTruthy(valueOf(expression, values))
