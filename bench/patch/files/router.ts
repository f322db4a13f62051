import type { IncomingMessage, ServerResponse } from "node:http";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface Request {
    readonly method: Method;
    readonly path: string;
    readonly query: ReadonlyMap<string, string>;
    readonly params: Readonly<Record<string, string>>;
    readonly body: unknown;
}

export interface Response {
    status: number;
    headers: Record<string, string>;
    body: string;
}

export type Handler = (request: Request) => Promise<Response> | Response;
export type Middleware = (request: Request, next: Handler) => Promise<Response>;

interface Route {
    readonly method: Method;
    readonly pattern: RegExp;
    readonly names: readonly string[];
    readonly handler: Handler;
}

const MOST_BYTES = 1_000_000;

export class HttpError extends Error {
    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
        this.name = "HttpError";
    }
}

/** The first route that fits answers; middleware wraps all of them. */
export class Router {
    private readonly routes: Route[] = [];
    private readonly middleware: Middleware[] = [];

    use(middleware: Middleware): this {
        this.middleware.push(middleware);
        return this;
    }

    get(path: string, handler: Handler): this {
        return this.add("GET", path, handler);
    }

    post(path: string, handler: Handler): this {
        return this.add("POST", path, handler);
    }

    put(path: string, handler: Handler): this {
        return this.add("PUT", path, handler);
    }

    delete(path: string, handler: Handler): this {
        return this.add("DELETE", path, handler);
    }

    async handle(request: Request): Promise<Response> {
        const chain = this.middleware.reduceRight<Handler>(
            (next, middleware) => (inner) => middleware(inner, next),
            (inner) => this.dispatch(inner),
        );
        try {
            return await chain(request);
        } catch (error) {
            if (error instanceof HttpError) {
                return text(error.status, error.message);
            }
            return text(500, "something went wrong");
        }
    }

    private add(method: Method, path: string, handler: Handler): this {
        const names: string[] = [];
        const source = path.replace(/:(\w+)/g, (_, name: string) => {
            names.push(name);
            return "([^/]+)";
        });
        this.routes.push({ method, pattern: new RegExp(`^${source}/?$`), names, handler });
        return this;
    }

    private async dispatch(request: Request): Promise<Response> {
        let allowed = false;
        for (const route of this.routes) {
            const match = route.pattern.exec(request.path);
            if (match === null) {
                continue;
            }
            if (route.method !== request.method) {
                allowed = true;
                continue;
            }
            const params: Record<string, string> = {};
            route.names.forEach((name, index) => {
                params[name] = decodeURIComponent(match[index + 1] ?? "");
            });
            return route.handler({ ...request, params });
        }
        throw allowed ? new HttpError(405, "method not allowed") : new HttpError(404, "not found");
    }
}

export function text(status: number, body: string): Response {
    return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: body + "\n" };
}

export function json(status: number, value: unknown): Response {
    return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

export function html(status: number, body: string): Response {
    return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

export function logged(write: (line: string) => void): Middleware {
    return async (request, next) => {
        const started = Date.now();
        const response = await next(request);
        write(`${request.method}\t${request.path}\t${response.status}\t${Date.now() - started} ms\n`);
        return response;
    };
}

export function authorised(tokens: ReadonlySet<string>): Middleware {
    return async (request, next) => {
        const token = request.query.get("token");
        if (token === undefined || !tokens.has(token)) {
            throw new HttpError(401, 'a "token" is needed');
        }
        return next(request);
    };
}

export function limited(most: number, seconds: number): Middleware {
    const seen = new Map<string, number[]>();
    return async (request, next) => {
        const now = Date.now();
        const recent = (seen.get(request.path) ?? []).filter((at) => now - at < seconds * 1000);
        if (recent.length >= most) {
            throw new HttpError(429, "too many requests");
        }
        seen.set(request.path, [...recent, now]);
        return next(request);
    };
}

export async function readBody(message: IncomingMessage): Promise<unknown> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of message) {
        size += (chunk as Buffer).length;
        if (size > MOST_BYTES) {
            throw new HttpError(413, "the body is too large");
        }
        chunks.push(chunk as Buffer);
    }
    if (size === 0) {
        return undefined;
    }
    try {
        return JSON.parse(Buffer.concat(chunks).toString("utf-8"));
    } catch {
        throw new HttpError(400, "the body is no JSON");
    }
}

export function send(response: ServerResponse, answer: Response): void {
    response.statusCode = answer.status;
    for (const [name, value] of Object.entries(answer.headers)) {
        response.setHeader(name, value);
    }
    response.end(answer.body);
}
