class BadgesController < ApplicationController
  def show
    response.headers['Vary'] = 'Origin'
    if request.headers['Origin'] == 'https://shop.example'
      response.headers['Access-Control-Allow-Origin'] = request.headers['Origin']
      response.headers['Access-Control-Allow-Credentials'] = 'true'
    end
    render json: { badges: current_user.badges }
  end
end
