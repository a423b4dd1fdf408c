// What a search by Gaussian process knows of the surface.
#pragma once

#include <memory>

#include "saddle/markhor_search.hpp"

namespace markhor {

// A process on a prior surface, or on a quadratic that follows the search: of reaction_hessian.hpp
// where that knows the elements, otherwise of model_hessian.hpp. What it refers to must outlive it.
class SearchModel {
 public:
  // surface: the prior; without a mean the model is of no use before its first quadratic.
  SearchModel(const SearchProblem& problem, const MarkhorOptions& options, bool noisy,
              GpPrior surface);
  // The same data on a quadratic of its own at a point.
  std::unique_ptr<SearchModel> without_surface(const SearchPoint& here) const;

  const GaussianProcess& process() const { return process_; }
  bool has_surface() const { return static_cast<bool>(surface_.mean); }
  bool knows_reactions() const { return follows_; }  // its quadratic follows

  // Of the prior surface, or for a quadratic at a point, D x D.
  Eigen::MatrixXd prior_hessian(const SearchPoint& here);
  // From now on the quadratic with the true gradient at a point, in place of what it was.
  void set_quadratic(const SearchPoint& here, const Eigen::MatrixXd& hessian);
  // A quadratic is made anew where the search has left its centre.
  void follow(const SearchPoint& here);

  void learn(const SearchPoint& point);
  void fit(const SearchPoint& here);  // hyperparameters and noise, to the newest data

 private:
  const MarkhorKernel& kernel() const { return noisy_ ? options_.noisy : options_.exact; }
  GaussianProcess empty_process(FeatureMap features, GpPrior prior) const;
  Eigen::MatrixXd own_hessian(const SearchPoint& here);
  void set_noise(const GpNoise& fitted, const SearchPoint& here);
  void raise_signal(GpFitResult& fit, const SearchPoint& here) const;

  const SearchProblem& problem_;
  const MarkhorOptions& options_;
  bool noisy_;  // forces have errors
  GpPrior surface_;
  bool follows_ = false;
  Eigen::VectorXd centre_;  // 3n, of the quadratic
  GaussianProcess process_;
};

// Mean variance of the forces' errors at a point.
double mean_force_variance(const SearchPoint& point, const FreeCoordinates& space);

}  // namespace markhor
