import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Project } from '../../api/types'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import type { Script } from './project'
import { ScriptForm } from './ScriptForm'

const script: Script = {
  title: 'The Fox Lantern',
  people: [{ id: 'fox', name: 'Hu' }],
  scenes: [
    {
      operator: 'meet',
      lines: [
        { person: null, text: 'It is night.', emotion: 'calm', pause: 300 },
        { person: 'fox', text: 'Who is there?', emotion: 'fear' },
      ],
    },
  ],
}
const project = {
  id: 'p1',
  stage: 'script',
  language: 'en',
  job: null,
  script_revision: 2,
} as unknown as Project
const lineAt = (number: number) => within(screen.getByRole('listitem', { name: `Line ${number}` }))

test('lines are changed, added and removed, and the script is saved as a whole', async () => {
  server.respond('put', '/api/v1/studio/projects/{project_id}/script', () => Response.json(project))
  const onSaved = vi.fn()
  renderInConsole(<ScriptForm project={project} script={script} onSaved={onSaved} />)
  const save = await screen.findByRole('button', { name: 'Save the script' })
  expect(save).toBeDisabled()

  await userEvent.selectOptions(lineAt(1).getByRole('combobox', { name: 'Speaker' }), 'Hu')
  await userEvent.selectOptions(lineAt(1).getByRole('combobox', { name: 'Emotion' }), 'joy')
  await userEvent.click(lineAt(1).getByRole('button', { name: 'Add a line after it' }))
  await userEvent.click(lineAt(2).getByRole('textbox', { name: 'Line' }))
  await userEvent.paste('A lantern!')
  await userEvent.click(lineAt(3).getByRole('button', { name: 'Remove line 3' }))
  await userEvent.click(save)
  await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(1))

  const sent = server.received('put', '/api/v1/studio/projects/p1/script')[0]?.body
  const lines = [
    { person: 'fox', text: 'It is night.', emotion: 'joy', pause: 300 },
    { person: 'fox', text: 'A lantern!', emotion: 'calm' },
  ]
  expect(sent).toEqual({
    script: { ...script, scenes: [{ operator: 'meet', lines }] },
    revision: 2,
  })
})

test('the last line of a scene cannot be removed, and undoing restores what was saved', async () => {
  renderInConsole(<ScriptForm project={project} script={script} onSaved={vi.fn()} />)
  await screen.findByRole('button', { name: 'Save the script' })
  await userEvent.click(lineAt(2).getByRole('button', { name: 'Remove line 2' }))
  expect(lineAt(1).getByRole('button', { name: 'Remove line 1' })).toBeDisabled()
  await userEvent.click(screen.getByRole('button', { name: 'Discard changes' }))
  expect(lineAt(2).getByRole('textbox', { name: 'Line' })).toHaveValue('Who is there?')
})
