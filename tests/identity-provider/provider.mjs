// A certified OpenID Connect provider with people of a test: node provider.mjs LIBRARY OPTIONS
//
// OPTIONS is JSON: { port, ours, secret }. `POST /people` brings people by what they type to sign in, `POST /rotate`
// takes another key for signatures and forgets the one before.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const [library, options] = process.argv.slice(2);
const { default: Provider } = await import(library);
const { port, ours, secret } = JSON.parse(options);
const issuer = `http://localhost:${port}`;
const people = new Map();

const key = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  kid: randomUUID(),
});

const provider = (jwks) => {
  const it = new Provider(issuer, {
    jwks: { keys: jwks },
    clients: [{
      client_id: 'stagiaire',
      client_secret: secret,
      redirect_uris: [`${ours}/sign-in/organisation/answer`],
      post_logout_redirect_uris: [`${ours}/sign-in?after=sign-out`],
      backchannel_logout_uri: `${ours}/sign-in/organisation/end`,
      backchannel_logout_session_required: true,
    }],
    acrValues: ['pwd', 'phr'],
    pkce: { required: () => true, methods: ['S256'] },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    claims: {
      auth_time: null, iss: null, sid: null, openid: ['sub', 'acr', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['given_name', 'family_name', 'name', 'locale', 'groups'],
    },
    cookies: { keys: [randomUUID()] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
    findAccount: (_, id) => people.has(id) && { accountId: id, claims: () => ({ sub: id, ...people.get(id).claims }) },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    // everybody agreed beforehand, as with an organisation's own applications
    async loadExistingGrant(ctx) {
      const grant = new it.Grant({ clientId: 'stagiaire', accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  return it;
};

let current = provider([key()]);
let answer = current.callback();

const body = async (request) => {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
};

const page = `<!doctype html><html lang="en"><title>Example account</title><main><h1>Example account</h1>
<form method="post"><label>Name <input name="login"></label> <button class="button">Sign in</button> <button class="button quiet" name="no" value="1">No</button></form></main>`;

const interaction = async (request, response) => {
  if (request.method === 'GET') {
    return response.setHeader('content-type', 'text/html').end(page);
  }
  const form = new URLSearchParams(await body(request));
  const person = people.get(form.get('login'));
  const result = person && !form.has('no')
    ? { login: { accountId: form.get('login'), amr: person.amr, acr: person.acr } }
    : { error: 'access_denied', error_description: 'nobody' };
  return current.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
};

createServer(async (request, response) => {
  try {
    if (request.url === '/people') {
      for (const [login, person] of Object.entries(JSON.parse(await body(request)))) people.set(login, person);
      response.end();
    } else if (request.url === '/rotate') {
      current = provider([key()]);
      answer = current.callback();
      response.end();
    } else if (request.url.startsWith('/interaction/')) {
      await interaction(request, response);
    } else {
      answer(request, response);
    }
  } catch (error) {
    console.error(error);
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(port, 'localhost', () => console.log('ready'));
