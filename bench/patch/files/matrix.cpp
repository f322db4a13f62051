// Dense matrices of doubles, small enough to be copied.

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iomanip>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace linear {

class Matrix {
public:
  Matrix(std::size_t rows, std::size_t columns, double value = 0.0)
      : rows_(rows), columns_(columns), cells_(rows * columns, value) {
    if (rows == 0 || columns == 0) {
      throw std::invalid_argument("a matrix has at least one cell");
    }
  }

  Matrix(std::initializer_list<std::initializer_list<double>> lines)
      : rows_(lines.size()), columns_(lines.begin()->size()) {
    for (const auto& line : lines) {
      if (line.size() != columns_) {
        throw std::invalid_argument("all lines are of the same length");
      }
      cells_.insert(cells_.end(), line.begin(), line.end());
    }
  }

  static Matrix identity(std::size_t size) {
    Matrix result(size, size);
    for (std::size_t i = 0; i < size; ++i) {
      result(i, i) = 1.0;
    }
    return result;
  }

  std::size_t rows() const { return rows_; }

  std::size_t columns() const { return columns_; }

  double& operator()(std::size_t row, std::size_t column) {
    return cells_[row * columns_ + column];
  }

  double operator()(std::size_t row, std::size_t column) const {
    return cells_[row * columns_ + column];
  }

  double& at(std::size_t row, std::size_t column) {
    if (row >= rows_ || column >= columns_) {
      throw std::out_of_range("no such cell");
    }
    return cells_[row * columns_ + column];
  }

  Matrix& operator+=(const Matrix& other) {
    require_same_size(other);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      cells_[i] += other.cells_[i];
    }
    return *this;
  }

  Matrix& operator-=(const Matrix& other) {
    require_same_size(other);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      cells_[i] -= other.cells_[i];
    }
    return *this;
  }

  Matrix& operator*=(double factor) {
    for (double& cell : cells_) {
      cell *= factor;
    }
    return *this;
  }

  Matrix transposed() const {
    Matrix result(columns_, rows_);
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = 0; column < columns_; ++column) {
        result(column, row) = (*this)(row, column);
      }
    }
    return result;
  }

  Matrix times(const Matrix& other) const {
    if (columns_ != other.rows_) {
      throw std::invalid_argument("sizes do not fit");
    }
    Matrix result(rows_, other.columns_);
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = 0; column < other.columns_; ++column) {
        double sum = 0.0;
        for (std::size_t k = 0; k < columns_; ++k) {
          sum += (*this)(row, k) * other(k, column);
        }
        result(row, column) = sum;
      }
    }
    return result;
  }

  double trace() const {
    if (rows_ != columns_) {
      throw std::logic_error("only square matrices have a trace");
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < rows_; ++i) {
      sum += (*this)(i, i);
    }
    return sum;
  }

  double norm() const {
    double sum = 0.0;
    for (double cell : cells_) {
      sum += cell * cell;
    }
    return std::sqrt(sum);
  }

  double determinant() const {
    if (rows_ != columns_) {
      throw std::logic_error("only square matrices have a determinant");
    }
    Matrix work = *this;
    double result = 1.0;
    for (std::size_t k = 0; k < rows_; ++k) {
      const std::size_t best = work.pivot(k);
      if (work(best, k) == 0.0) {
        return 0.0;
      }
      if (best != k) {
        work.swap_rows(best, k);
        result = -result;
      }
      result *= work(k, k);
      for (std::size_t row = k + 1; row < rows_; ++row) {
        const double factor = work(row, k) / work(k, k);
        for (std::size_t column = k; column < columns_; ++column) {
          work(row, column) -= factor * work(k, column);
        }
      }
    }
    return result;
  }

  std::string to_string(int digits = 3) const {
    std::ostringstream out;
    out << std::fixed << std::setprecision(digits);
    for (std::size_t row = 0; row < rows_; ++row) {
      out << "[";
      for (std::size_t column = 0; column < columns_; ++column) {
        out << (column == 0 ? "" : ",\t") << (*this)(row, column);
      }
      out << "]\n";
    }
    return out.str();
  }

private:
  void require_same_size(const Matrix& other) const {
    if (rows_ != other.rows_ || columns_ != other.columns_) {
      throw std::invalid_argument("sizes differ");
    }
  }

  std::size_t pivot(std::size_t k) const {
    std::size_t best = k;
    for (std::size_t row = k + 1; row < rows_; ++row) {
      if (std::abs((*this)(row, k)) > std::abs((*this)(best, k))) {
        best = row;
      }
    }
    return best;
  }

  void swap_rows(std::size_t one, std::size_t other) {
    for (std::size_t column = 0; column < columns_; ++column) {
      std::swap((*this)(one, column), (*this)(other, column));
    }
  }

  std::size_t rows_;
  std::size_t columns_;
  std::vector<double> cells_;
};

Matrix operator+(Matrix left, const Matrix& right) {
  left += right;
  return left;
}

Matrix operator-(Matrix left, const Matrix& right) {
  left -= right;
  return left;
}

std::ostream& operator<<(std::ostream& out, const Matrix& matrix) {
  return out << matrix.to_string();
}

}  // namespace linear
