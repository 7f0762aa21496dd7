import type { paths } from './schema';
import { ProblemError, type Problem } from './problem';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends keyof paths> = paths[P] extends { [K in M]: infer O } ? O : never;

type PathValues<O> = O extends { parameters: { path: infer V } } ? { path: V } : { path?: never };
type QueryValues<O> = O extends { parameters: { query: infer V } }
  ? { query: V }
  : O extends { parameters: { query?: infer V } }
    ? { query?: V }
    : { query?: never };
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : O extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { body?: B }
    : { body?: never };

type Options<O> = PathValues<O> & QueryValues<O> & BodyOf<O> & { ifMatch?: string; signal?: AbortSignal };

type JsonOf<R> = R extends { content: { 'application/json': infer B } } ? B : undefined;
type AnswerOf<O> = O extends { responses: infer R } ? { [S in keyof R]: S extends 200 | 201 ? JsonOf<R[S]> : never }[keyof R] : never;

export interface Answer<T> {
  data: T;
  /** The ETag, for drafts. */
  etag: string | null;
}

let csrfToken = '';

/** The session's token, which every request other than GET gives back. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** The address of an operation, with its path and query values filled in. */
export function urlOf(path: string, values: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/** One request, checked against the API description. Throws {@link ProblemError} on any other status than 2xx. */
export async function call<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  options: Options<Operation<M, P>>,
): Promise<Answer<AnswerOf<Operation<M, P>>>> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'get') headers['X-CSRF-Token'] = csrfToken;
  if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(urlOf(path, options.path as Record<string, unknown>, options.query as Record<string, unknown>), {
      method: method.toUpperCase(),
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      credentials: 'same-origin',
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw ProblemError.unreachable(cause);
  }
  if (!response.ok) throw new ProblemError(await problemOf(response));
  const data = response.status === 204 ? undefined : await response.json();
  return { data: data as AnswerOf<Operation<M, P>>, etag: response.headers.get('ETag') };
}

async function problemOf(response: Response): Promise<Problem> {
  const bare: Problem = { type: 'about:blank', title: response.statusText || String(response.status), status: response.status, detail: '' };
  try {
    const body: unknown = await response.json();
    return body !== null && typeof body === 'object' ? { ...bare, ...body } : bare;
  } catch {
    return bare;
  }
}

export async function get<P extends PathsOf<'get'>>(path: P, options: Options<Operation<'get', P>>) {
  return (await call('get', path, options)).data;
}

export async function post<P extends PathsOf<'post'>>(path: P, options: Options<Operation<'post', P>>) {
  return (await call('post', path, options)).data;
}

export async function put<P extends PathsOf<'put'>>(path: P, options: Options<Operation<'put', P>>) {
  return (await call('put', path, options)).data;
}

export async function del<P extends PathsOf<'delete'>>(path: P, options: Options<Operation<'delete', P>>) {
  return (await call('delete', path, options)).data;
}
