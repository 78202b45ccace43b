require 'rack/cors'

use Rack::Cors do
  allow do
    origins '*'
    resource '*'
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
