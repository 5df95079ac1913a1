/** `defineSecret` of `firebase-functions/params`: the platform sets the variable when the function runs, not before. */
export function defineSecret(name: string): { readonly name: string; value(): string } {
  return { name, value: () => process.env[name] ?? '' }
}
