/** `$env/dynamic/private` of SvelteKit, which exists only inside a SvelteKit build. */
export const env: Readonly<Record<string, string | undefined>> = process.env
