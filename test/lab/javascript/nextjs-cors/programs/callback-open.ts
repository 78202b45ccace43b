import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res, {
    origin(origin, callback) {
      callback(null, true);
    },
    credentials: true,
  });
  res.json({ ok: true });
}

export default handler;
