import { Html } from './html.ts'

/** The style of the pages, in light and dark mode. */
export const style = new Html(`
:root { color-scheme: light dark; --edge: light-dark(#cfd9de, #38444d); --quiet: light-dark(#536471, #9aa5ae) }
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f7f9f9, #15181c); color: light-dark(#0f1419, #e7e9ea) }
header { padding: .75rem 1.5rem; background: #0f1419; color: #fff; font-weight: 700 }
header span { margin-left: .75rem; font-weight: 400; color: #c4cfd6 }
main { width: min(34rem, 100% - 2rem); margin: 2.5rem auto; padding: 2rem; background: light-dark(#fff, #0f1419); border: 1px solid var(--edge); border-radius: 1rem }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25 }
h2 { margin: 1.5rem 0 .25rem; font-size: 1rem }
ul { margin: 0; padding-left: 1.25rem }
label { display: block; margin-top: 1.5rem; font-weight: 700 }
select { width: 100%; margin-top: .25rem; padding: .6rem; font: inherit; border: 1px solid var(--quiet); border-radius: .5rem; background: light-dark(#fff, #15181c); color: inherit }
.buttons { display: flex; gap: .75rem; margin-top: 1.5rem }
button { padding: .6rem 1.5rem; font: inherit; font-weight: 700; border: 1px solid var(--quiet); border-radius: 2rem; background: none; color: inherit; cursor: pointer }
button.main { background: #0f5ea8; border-color: #0f5ea8; color: #fff }
:focus-visible { outline: 3px solid #1d9bf0; outline-offset: 2px }
.alert { padding: .75rem 1rem; border-left: 4px solid #c2185b; background: light-dark(#fdf0f4, #2b1620) }
.note { margin: 1.5rem 0 0; color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere }
.pin { display: block; margin: 1rem 0; font: 700 2.75rem/1.2 ui-monospace, monospace; letter-spacing: .12em }
`)
