import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Project } from '../../api/types'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { OutlineForm } from './OutlineForm'
import type { Outline } from './project'

const OUTLINE = '/api/v1/studio/projects/{project_id}/outline'
const outline: Outline = {
  title: 'The Fox Lantern',
  logline: 'A scholar owes a fox.',
  question: 'Will he pay?',
  genre: 'ghost',
  people: [{ id: 'scholar', name: 'Ning' }],
  beats: [{ operator: 'meet', summary: 'They meet.', tension: 0.4 }],
}
const project = {
  id: 'p1',
  stage: 'outline',
  language: 'en',
  job: null,
  script: null,
  outline_revision: 3,
} as unknown as Project

test('what was typed stays after a save that failed, and is saved by the next', async () => {
  server.refuse('put', OUTLINE, { status: 503, title: 'Try again later' })
  const onSaved = vi.fn()
  renderInConsole(<OutlineForm project={project} outline={outline} onSaved={onSaved} />)
  const title = await screen.findByDisplayValue('The Fox Lantern')
  await userEvent.clear(title)
  await userEvent.click(title)
  await userEvent.paste('The Debt')
  const save = screen.getByRole('button', { name: /Save/ })
  await userEvent.click(save)
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again later')
  expect(title).toHaveValue('The Debt')
  expect(onSaved).not.toHaveBeenCalled()

  server.respond('put', OUTLINE, () => Response.json(project))
  await userEvent.click(save)
  await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(1))
  expect(server.received('put', '/api/v1/studio/projects/p1/outline').at(-1)?.body).toEqual({
    outline: { ...outline, title: 'The Debt' },
    revision: 3,
    drop_script: false,
  })
})

test('a script that was written from the old outline is kept unless its maker says otherwise', async () => {
  server.respond('put', OUTLINE, () => Response.json(project))
  const withScript = { ...project, script: {} } as Project
  renderInConsole(<OutlineForm project={withScript} outline={outline} onSaved={vi.fn()} />)
  const title = await screen.findByDisplayValue('The Fox Lantern')
  const sent = () =>
    server.received('put', '/api/v1/studio/projects/p1/outline').map(({ body }) => body)
  await userEvent.type(title, '!')
  await userEvent.click(screen.getByRole('button', { name: 'Save the outline' }))
  expect(screen.getByRole('alertdialog')).toHaveTextContent('what of the script?')
  expect(sent()).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Save the outline, keep the script' }))
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toMatchObject({ drop_script: false })
  await userEvent.type(title, '?')
  await userEvent.click(screen.getByRole('button', { name: 'Save the outline' }))
  await userEvent.click(screen.getByRole('button', { name: /delete the script/ }))
  await waitFor(() => expect(sent()[1]).toMatchObject({ drop_script: true }))
})

test('the words of a told outline are edited, not a summary that the film does not say', async () => {
  const told: Outline = {
    ...outline,
    material: 'told',
    beats: [{ operator: 'telling', summary: 'A whale came.', told: 'A whale came.', tension: 0.4 }],
  }
  server.respond('put', OUTLINE, () => Response.json(project))
  renderInConsole(<OutlineForm project={project} outline={told} onSaved={vi.fn()} />)
  const words = await screen.findByDisplayValue('A whale came.')
  await userEvent.clear(words)
  await userEvent.click(words)
  await userEvent.paste('A whale came home.')
  await userEvent.click(screen.getByRole('button', { name: /Save/ }))
  await waitFor(() =>
    expect(server.received('put', '/api/v1/studio/projects/p1/outline').at(-1)?.body).toMatchObject(
      { outline: { beats: [{ told: 'A whale came home.', summary: 'A whale came home.' }] } },
    ),
  )
})
