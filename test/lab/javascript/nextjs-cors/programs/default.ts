import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res);
  res.json({ ok: true });
}

export default handler;
