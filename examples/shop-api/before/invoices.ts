import { HttpMiddleware, HttpRouter, HttpServer, HttpServerResponse } from '@effect/platform';

const router = HttpRouter.empty.pipe(HttpRouter.get('/invoices', HttpServerResponse.json([])));

export const live = router.pipe(HttpServer.serve(HttpMiddleware.cors({ credentials: true, maxAge: 600 })));
