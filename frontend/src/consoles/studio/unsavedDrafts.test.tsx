import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Project } from '../../api/types'
import { words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { OutlineForm } from './OutlineForm'
import { ProjectSidebar } from './ProjectSidebar'
import type { Outline } from './project'
import { UnsavedDraftsProvider } from './unsavedDrafts'

const ADVANCE = '/api/v1/studio/projects/{project_id}/advance'
const OUTLINE = '/api/v1/studio/projects/{project_id}/outline'
const outline = {
  title: 'The Fox Lantern',
  logline: '',
  question: '',
  genre: 'ghost',
  people: [],
  beats: [],
} as Outline
const project = {
  id: 'p1',
  stage: 'outline',
  language: 'en',
  job: null,
  cut_id: null,
  engine: words('offline'),
  understood: [],
  not_understood: [],
  outline,
  script: null,
  script_stale: false,
  storyboard: null,
  outline_revision: 3,
  script_revision: 0,
} as unknown as Project
const saved = { ...project, outline_revision: 4 } as Project

const showPage = (shown = project) =>
  renderInConsole(
    <UnsavedDraftsProvider>
      <OutlineForm project={shown} outline={outline} onSaved={vi.fn()} />
      <ProjectSidebar project={shown} onProject={vi.fn()} />
    </UnsavedDraftsProvider>,
  )
const posted = () => server.requests.filter(({ method }) => method !== 'GET')

beforeEach(() => {
  server.respond('put', OUTLINE, () => Response.json(saved))
  server.respond('post', ADVANCE, () => Response.json(saved))
})

test('“write the script” saves what is on the screen first, and works on that', async () => {
  showPage()
  const title = await screen.findByDisplayValue('The Fox Lantern')
  await userEvent.clear(title)
  await userEvent.type(title, 'The Debt')
  expect(screen.getByText('Unsaved edits are saved first.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Write the script' }))
  await waitFor(() => expect(posted()).toHaveLength(2))
  expect(posted().map(({ path }) => path.split('/').at(-1))).toEqual(['outline', 'advance'])
  expect(posted()[0]?.body).toMatchObject({ outline: { title: 'The Debt' }, revision: 3 })
  expect(posted()[1]?.body).toMatchObject({ to: 'script', replace: false, outline_revision: 4 })
})

test('a save that is refused begins nothing and loses nothing', async () => {
  server.refuse('put', OUTLINE, { status: 409, title: 'The text was changed elsewhere' })
  showPage()
  const title = await screen.findByDisplayValue('The Fox Lantern')
  await userEvent.type(title, '!')
  await userEvent.click(screen.getByRole('button', { name: 'Write the script' }))
  expect((await screen.findAllByText('The text was changed elsewhere')).length).toBeGreaterThan(0)
  expect(posted()).toHaveLength(1)
  expect(title).toHaveValue('The Fox Lantern!')
})

test('a script older than the outline is written anew only after a question', async () => {
  showPage({ ...project, script: { people: [], scenes: [] }, script_stale: true } as Project)
  await userEvent.click(await screen.findByRole('button', { name: 'Write it again' }))
  expect(posted()).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Replace it and write anew' }))
  await waitFor(() =>
    expect(posted()[0]?.body).toMatchObject({ to: 'script', replace: true, outline_revision: 3 }),
  )
})
