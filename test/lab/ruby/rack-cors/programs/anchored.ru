require 'rack/cors'

use Rack::Cors do
  allow do
    origins(%r{\Ahttps://[a-z]+\.example\.com\z})
    resource '*', headers: :any, methods: :any, credentials: true
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
