class BadgesController < ApplicationController
  def show
    response.headers['Vary'] = 'Origin'
    response.headers['Access-Control-Allow-Origin'] = request.headers['Origin']
    response.headers['Access-Control-Allow-Credentials'] = 'true'
    render json: { badges: current_user.badges }
  end
end
