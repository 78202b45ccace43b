require 'rack/cors'

use Rack::Cors do
  allow do
    origins { |_source, _env| true }
    resource '*', headers: :any, methods: :any, credentials: true
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
