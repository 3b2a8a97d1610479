// What single controls do by themselves: exclusive choices, limits, "other" texts, counters,
// and the division picker in two steps.

// `changed` is the checkbox that was touched, if one was.
function limitChoices (list, changed) {
  const inputs = all('input', list)
  const isExclusive = input => 'exclusive' in input.dataset
  if (changed && changed.checked) {
    inputs.forEach(input => {
      if (input !== changed && (isExclusive(input) || isExclusive(changed))) input.checked = false
    })
  }
  const maximum = list.dataset.max
  if (!maximum) return
  const isFull = inputs.filter(input => input.checked && !isExclusive(input)).length >= maximum
  inputs.forEach(input => { input.disabled = isFull && !input.checked && !isExclusive(input) })
  list.nextElementSibling.textContent = isFull ? fill(words.full, { maximum }) : ''
}

function showOther (item) {
  const choice = item.querySelector('[data-other]')
  if (choice) item.querySelector('.other').hidden = !choice.checked
}

function count (control) {
  const counter = control.nextElementSibling
  counter.textContent = lengthOf(control) + ' / ' + control.dataset.length
}

function note (after, className) {
  const element = document.createElement('p')
  element.className = className
  after.insertAdjacentElement('afterend', element)
  return element
}

// Splits a list grouped by county in two: first the county, then what belongs to it.
function splitDivisions (select) {
  const groups = all('optgroup', select)
  if (!groups.length) return
  const counties = document.createElement('select')
  counties.add(new Option(words.choose, ''))
  groups.forEach((group, position) => counties.add(new Option(group.label, position)))
  const chosen = groups.findIndex(group => group.contains(select.selectedOptions[0]))
  const show = (position, value) => {
    groups.forEach(group => group.remove())
    if (groups[position]) select.append(groups[position])
    select.value = value
    select.hidden = !groups[position]
  }
  counties.value = chosen < 0 ? '' : chosen
  counties.id = select.id + '-county'
  select.closest('.item').querySelector('label').htmlFor = counties.id
  select.setAttribute('aria-label', words.township)
  show(chosen, select.value)
  counties.addEventListener('change', () => show(counties.value, ''))
  select.before(counties)
}

function react (event) {
  const control = event.target
  recheck(control)
  const item = control.closest('.item')
  if (!item) return
  const list = control.closest('.list')
  if (control.type === 'checkbox') limitChoices(list, control)
  if (list) showOther(item)
  if (control.tagName === 'TEXTAREA') count(control)
  showWhatIsAsked()
  drawBar()
}

function prepareControls () {
  all('[data-max]').forEach(list => {
    note(list, 'help').setAttribute('role', 'status')
    limitChoices(list)
  })
  all('textarea').forEach(control => { note(control, 'count'); count(control) })
  all('.item').forEach(showOther)
  all('select').forEach(splitDivisions)
  form.addEventListener('input', react)
}
